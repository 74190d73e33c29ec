/** `2` or `500m` as thousandths of a core. */
export function thousandths(cpu: string): number {
  return cpu.endsWith('m') ? Number(cpu.slice(0, -1)) : Number(cpu) * 1000;
}
