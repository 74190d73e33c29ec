// Compiled modules load what they import when they first use it, as those of the CDK do: a stack with one construct does not pay for the rest.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Everything that a source imports or exports again. */
export function lazyImports(text) {
  return [...new Set([...text.matchAll(/\bfrom '([^']+)'/g)].map(([, name]) => name))];
}

/** `export *` has to load a module to know its names; so they are spelled out. */
export function withNamedExports(source, text) {
  return text.replace(/^export \* from '(\.[^']*)';$/gm, (_, path) => {
    const names = valueExports(moduleFile(source, path));
    return names.length === 0 ? '' : `export { ${names.join(', ')} } from '${path}';`;
  });
}

/** Names of the values that a source exports; types leave nothing to load. */
function valueExports(source) {
  const text = readFileSync(source, 'utf8');
  const declared = text.matchAll(/^export (?:abstract |async )*(?:class|function\*?|const|let|enum) (\w+)/gm);
  const listed = [...text.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, list]) => list.split(','));
  const again = text.matchAll(/^export \* from '(\.[^']*)';$/gm);
  return [
    ...[...declared].map(([, name]) => name),
    ...listed
      .map((name) => name.trim().split(' as ').at(-1))
      .filter((name) => name !== '' && !name.startsWith('type ')),
    ...[...again].flatMap(([, path]) => valueExports(moduleFile(source, path))),
  ];
}

function moduleFile(source, path) {
  const file = join(dirname(source), path);
  return existsSync(`${file}.ts`) ? `${file}.ts` : join(file, 'index.ts');
}
