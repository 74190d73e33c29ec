import type { Failure } from '../../core/issue';

/** Kinds of machines that a program is for; jars run on all. The names are those of Node.js. */
export const ARCHITECTURES = ['x64', 'arm64'] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

/** Numbers of machines in the head of a program (ELF, e_machine). */
const MACHINES: Readonly<Record<number, Architecture>> = { 0x3e: 'x64', 0xb7: 'arm64' };

/** What a program for Linux runs on, by its head. */
export function architectureOf(program: Buffer, otherwise: (got: string) => Failure): Architecture {
  if (program.subarray(0, 4).toString('latin1') !== '\x7fELF') throw otherwise('no program for Linux');
  const machine = program.readUInt16LE(18);
  const found = MACHINES[machine];
  if (found === undefined) throw otherwise(`one for machine 0x${machine.toString(16)}`);
  return found;
}
