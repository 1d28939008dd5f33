// Finds what a person would: by role and name, visible, as assistive technology is told. arguments: role, name or null, and
// whether only what has the focus counts.
const [role, name] = [arguments[0], arguments[1]];
const implied = {
  button: 'button, summary, input[type=button], input[type=submit]',
  link: 'a[href]',
  heading: 'h1, h2, h3, h4, h5, h6',
  textbox: 'input:not([type]), input[type=text], input[type=search], textarea, [contenteditable=true]',
  checkbox: 'input[type=checkbox]',
  radio: 'input[type=radio]',
  combobox: 'select',
  list: 'ul, ol',
  listitem: 'li',
  complementary: 'aside',
  region: 'section[aria-label], section[aria-labelledby]',
  navigation: 'nav',
  main: 'main',
  banner: 'header',
  dialog: 'dialog',
  article: 'article',
  table: 'table',
  row: 'tr',
};
const flat = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
const shown = (element) =>
  element.checkVisibility({ visibilityProperty: true, opacityProperty: false }) && element.closest('[aria-hidden=true], [inert]') === null;
const text = (node) => {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE || node.getAttribute('aria-hidden') === 'true') return '';
  if (node.hasAttribute('aria-label')) return ` ${node.getAttribute('aria-label')} `;
  if (node.localName === 'img') return ` ${node.alt} `;
  if (node.localName === 'title' && node.namespaceURI.endsWith('svg')) return ` ${node.textContent} `;
  return ` ${[...node.childNodes].map(text).join('')} `;
};
const called = (element) => {
  const by = element.getAttribute('aria-labelledby');
  if (by) return flat(by.split(/\s+/).map((id) => document.getElementById(id)).filter(Boolean).map(text).join(' '));
  if (element.hasAttribute('aria-label')) return flat(element.getAttribute('aria-label'));
  if (element.labels?.length) return flat([...element.labels].map(text).join(' '));
  if (element.matches('input, textarea, select')) return flat(element.placeholder || element.title);
  return flat(text(element)) || flat(element.title);
};
const query = implied[role] ? `${implied[role]}, [role=${role}]` : `[role=${role}]`;
const candidates = [...document.querySelectorAll(query)].filter(
  (element) => (element.getAttribute('role') ?? role) === role && (!arguments[2] || element === document.activeElement) && shown(element),
);
if (name === null) return candidates[0] ?? null;
const exact = candidates.find((element) => called(element) === name);
const partly = candidates.filter((element) => called(element).includes(name));
return exact ?? partly[0] ?? null;
