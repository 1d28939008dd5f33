// The formats a paste may have, as `paste.preview` names them.

export const FORMATS: readonly { value: string; label: string }[] = [
  { value: 'slack', label: 'Slack, copied text' },
  { value: 'slack-export', label: 'Slack export' },
  { value: 'teams', label: 'Teams' },
  { value: 'meet', label: 'Google Meet' },
  { value: 'zoom', label: 'Zoom' },
  { value: 'vtt', label: 'Transcript (.vtt)' },
  { value: 'log', label: 'Log' },
  { value: 'plain', label: 'Plain lines' },
]

export const formatLabel = (format: string): string => FORMATS.find((one) => one.value === format)?.label ?? format
