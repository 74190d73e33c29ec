/** One form for every way to write an IP address, the one that Java gives; undefined for what is none. */
export function canonicalAddress(address: string): string | undefined {
  if (!address.includes(':')) {
    const numbers = address.split('.');
    const wrong = numbers.some((number) => !/^\d{1,3}$/.test(number) || Number(number) > 255);
    return wrong || numbers.length !== 4 ? undefined : numbers.map(Number).join('.');
  }
  const halves = address.split('::');
  if (halves.length > 2) return undefined;
  const [left, right] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const groups = [...left!, ...(right ?? [])];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  const missing = 8 - groups.length;
  if (right === undefined ? missing !== 0 : missing < 1) return undefined;
  const full = [...left!, ...Array.from({ length: missing }, () => '0'), ...(right ?? [])];
  return full.map((group) => parseInt(group, 16).toString(16)).join(':');
}
