/** Machines are started in namespaces of their own, and by nobody who is outside of them. */
export default async function setUp(): Promise<void> {
  if (process.env.KDK_MACHINES === undefined)
    throw new Error('machines need a network of their own; run npm run test:hosts, arguments go on to jest.');
  const { default: compile } = (await import('../compile.mjs' as string)) as { default: () => Promise<void> };
  await compile();
}
