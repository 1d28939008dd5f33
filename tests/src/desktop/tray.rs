//! The tray as the panel sees it: items that registered with the watcher, and the menu behind each (`com.canonical.dbusmenu`).

use anyhow::{Context, Result, bail};
use std::collections::HashMap;

use zbus::{Connection, OwnedObjectPath, OwnedVariant, Proxy, Variant};

/// An icon in the tray.
#[derive(Debug)]
pub struct Item {
    connection: Connection,
    owner: String,
    path: String,
}

/// The items registered now.
pub async fn items(connection: &Connection) -> Result<Vec<Item>> {
    let service = "org.kde.StatusNotifierWatcher";
    let watcher = Proxy::new(connection, service, "/StatusNotifierWatcher", service).await?;
    let names: Vec<String> = watcher.get_property("RegisteredStatusNotifierItems").await?;
    Ok(names.iter().filter_map(|name| Item::named(connection, name)).collect())
}

/// A bus name, a path and an interface, which together are one object to ask.
type Asked<'a> = Proxy<'a>;

impl Item {
    /// Watchers name an item `:1.5/path` or `:1.5`.
    fn named(connection: &Connection, name: &str) -> Option<Self> {
        let (owner, path) = name.find('/').map_or((name, "/StatusNotifierItem"), |at| name.split_at(at));
        (!owner.is_empty()).then(|| Self { connection: connection.clone(), owner: owner.to_owned(), path: path.to_owned() })
    }

    /// What the item calls itself: its id.
    pub async fn id(&self) -> Result<String> {
        Ok(self.item().await?.get_property("Id").await?)
    }

    /// Its title, which screen readers speak; empty where it has none.
    pub async fn title(&self) -> Result<String> {
        Ok(self.item().await?.get_property("Title").await.unwrap_or_default())
    }

    /// The label beside the icon, where there is one.
    pub async fn label(&self) -> Result<String> {
        Ok(self.item().await?.get_property("XAyatanaLabel").await.unwrap_or_default())
    }

    /// File or name of the icon; it changes with the state.
    pub async fn icon(&self) -> Result<String> {
        Ok(self.item().await?.get_property("IconName").await?)
    }

    /// Its menu as a person would read it now.
    pub async fn menu(&self) -> Result<TrayMenu> {
        let path: OwnedObjectPath = self.item().await?.get_property("Menu").await.context("the item has a menu")?;
        let menu = self.proxy(path.as_str(), "com.canonical.dbusmenu").await?;
        // Menus are built when they are about to be shown.
        let _: Result<bool, _> = menu.call("AboutToShow", &(0i32)).await;
        let (_, root): (u32, Layout) = menu.call("GetLayout", &(0i32, -1i32, Vec::<&str>::new())).await?;
        let mut entries = vec![];
        flatten(root, 0, &mut entries)?;
        Ok(TrayMenu { menu, entries })
    }

    async fn item(&self) -> Result<Asked<'_>> {
        self.proxy(&self.path, "org.kde.StatusNotifierItem").await
    }

    async fn proxy(&self, path: &str, interface: &'static str) -> Result<Asked<'static>> {
        let built = zbus::proxy::Builder::<Proxy<'static>>::new(&self.connection)
            .destination(self.owner.clone())
            .path(path.to_owned())
            .interface(interface)
            .cache_properties(zbus::proxy::CacheProperties::No)
            .build();
        Ok(built.await?)
    }
}

/// One line of a menu.
#[derive(Clone, Debug)]
pub struct Entry {
    id: i32,
    /// Its words, without the mark of the access key.
    pub label: String,
    /// Whether it can be chosen.
    pub enabled: bool,
    /// 0 at the top, 1 in a submenu.
    pub depth: usize,
}

/// A menu, read once.
#[derive(Debug)]
pub struct TrayMenu {
    menu: Proxy<'static>,
    /// Visible lines in order, separators left out.
    pub entries: Vec<Entry>,
}

impl TrayMenu {
    /// The words of all lines.
    pub fn labels(&self) -> Vec<&str> {
        self.entries.iter().map(|entry| entry.label.as_str()).collect()
    }

    /// The first line whose words contain `words`.
    pub fn find(&self, words: &str) -> Result<&Entry> {
        self.entries
            .iter()
            .find(|entry| entry.label.contains(words))
            .with_context(|| format!("no \"{words}\" in the menu {:?}", self.labels()))
    }

    /// Chooses that line.
    pub async fn choose(&self, words: &str) -> Result<()> {
        let entry = self.find(words)?;
        if !entry.enabled {
            bail!("\"{}\" cannot be chosen", entry.label);
        }
        let _: () = self.menu.call("Event", &(entry.id, "clicked", Variant::from(0i32), 0u32)).await?;
        Ok(())
    }
}

/// Id, properties, children: the protocol's own shape.
type Layout = (i32, HashMap<String, OwnedVariant>, Vec<OwnedVariant>);

fn flatten((id, properties, children): Layout, depth: usize, entries: &mut Vec<Entry>) -> Result<()> {
    let flag = |name: &str| properties.get(name).and_then(|value| bool::try_from(value).ok()).unwrap_or(true);
    let label = properties.get("label").and_then(|value| <&str>::try_from(value).ok()).unwrap_or_default();
    if !flag("visible") {
        return Ok(());
    }
    if id != 0 && !label.is_empty() {
        entries.push(Entry { id, label: label.replace('_', ""), enabled: flag("enabled"), depth });
    }
    for child in children {
        let child = Layout::try_from(child).context("a line of a menu")?;
        flatten(child, if id == 0 { depth } else { depth + 1 }, entries)?;
    }
    Ok(())
}
