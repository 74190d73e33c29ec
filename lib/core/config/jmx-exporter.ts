import { JMX_OBJECT_NAMES } from './jmx-object-names';
import { JMX_RULES } from './jmx-rules';

/**
 * Configuration (YAML) of the JMX exporter for every process of the kit. Names are `kafka_<domain>_<type>_<name>` in lower case, with
 * `_total` for meters and `_percent` for idle shares: `kafka_server_replicamanager_underreplicatedpartitions`.
 */
export function jmxExporterRules(): string {
  const lines = ['lowercaseOutputName: true', 'lowercaseOutputLabelNames: true', 'includeObjectNames:'];
  for (const name of JMX_OBJECT_NAMES) lines.push(`  - ${JSON.stringify(name)}`);
  lines.push('rules:');
  for (const { pattern, name, value, type, labels } of JMX_RULES) {
    lines.push(`  - pattern: ${JSON.stringify(pattern)}`, `    name: ${JSON.stringify(name)}`);
    // What is found by its name alone is looked for once. A rule with a value of its own reads a text, which changes.
    lines.push(value === undefined ? '    cache: true' : `    value: ${value}`);
    if (type !== undefined) lines.push(`    type: ${type}`);
    if (labels === undefined) continue;
    lines.push('    labels:');
    for (const [label, text] of Object.entries(labels))
      lines.push(`      ${JSON.stringify(label)}: ${JSON.stringify(text)}`);
  }
  return `${lines.join('\n')}\n`;
}
