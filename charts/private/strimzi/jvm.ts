/** Options of Java as `jvmOptions` takes them. `-server` is what every 64-bit Java does anyway. */
export function strimziJvmOptions(options: readonly string[]): Record<string, unknown> {
  const flags: Record<string, string> = {};
  const properties: { name: string; value: string }[] = [];
  const sizes: Record<string, string> = {};
  for (const option of options) {
    const [, size, amount] = /^(-Xm[sx])(.+)$/.exec(option) ?? [];
    const [, sign, flag, value] = /^-XX:([+-]?)(\w+)(?:=(.*))?$/.exec(option) ?? [];
    const [, name, text] = /^-D([^=]+)=(.*)$/.exec(option) ?? [];
    if (size !== undefined) sizes[size] = amount!;
    else if (flag !== undefined) flags[flag] = value ?? String(sign === '+');
    else if (name !== undefined) properties.push({ name, value: text! });
    else if (option !== '-server') throw new Error(`an option of Java has no place in jvmOptions: ${option}`);
  }
  return {
    ...sizes,
    '-XX': flags,
    ...(properties.length === 0 ? {} : { javaSystemProperties: properties }),
  };
}
