import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where the build leaves the bundle of a function, seen from the compiled code and from the sources. */
export function lambdaFolder(name: '' | 'control' | 'certificates' | 'metrics' | 'roll'): string {
  const beside = join(__dirname, '../../admin/lambda', name, 'asset');
  return existsSync(beside) ? beside : join(__dirname, '../../../dist/lib/admin/lambda', name, 'asset');
}
