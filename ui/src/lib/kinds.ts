// The kinds of alert sources, as the domain names them. A test compares this table with the domain's own.

/** How a source is heard: it sends, it is asked, or Muster tries something itself. */
export type Way = 'push' | 'pull' | 'probe'

/** A kind of source. */
export interface Kind {
  /** Its name on the wire. */
  wire: string
  /** What people call it. */
  label: string
  way: Way
}

const of = (way: Way, kinds: readonly (readonly [string, string])[]): Kind[] => kinds.map(([wire, label]) => ({ wire, label, way }))

/** All kinds, in the order they are shown. */
export const KINDS: readonly Kind[] = [
  ...of('push', [
    ['alertmanager', 'Alertmanager'], ['grafana', 'Grafana'], ['pagerduty', 'PagerDuty Events v2'], ['opsgenie', 'Opsgenie'], ['victorops', 'VictorOps'], ['slack', 'Slack-shaped'],
    ['datadog', 'Datadog'], ['sentry', 'Sentry'], ['github', 'GitHub'], ['uptime-kuma', 'Uptime Kuma'], ['healthchecks', 'Healthchecks'], ['cloudevents', 'CloudEvents'], ['azure', 'Azure Monitor'],
    ['gcp', 'Google Cloud'], ['newrelic', 'New Relic'], ['zabbix', 'Zabbix'], ['json', 'Plain JSON'], ['mapped', 'Own mapping'], ['nagios', 'Nagios, Icinga'], ['email', 'Mail'],
    ['heartbeat', 'Heartbeat'], ['report', 'Report page'],
  ]),
  ...of('pull', [
    ['alertmanager-pull', 'Alertmanager, asked'], ['prometheus-pull', 'Prometheus, asked'], ['grafana-pull', 'Grafana, asked'], ['pagerduty-pull', 'PagerDuty, asked'], ['json-pull', 'JSON address, asked'],
  ]),
  ...of('probe', [['probe-http', 'HTTP probe'], ['probe-tcp', 'TCP probe']]),
]

/** The kind of this wire name; null where this window does not know it. */
export const kindOf = (wire: string): Kind | null => KINDS.find((kind) => kind.wire === wire) ?? null
