import { kubernetesSettings, runCommand } from './settings';
import { say } from './progress';

/** Once, before all tests on Kubernetes: what is missing is said at once, the command line is compiled, images are loaded. */
export default async function setUp(): Promise<void> {
  const { load, archives } = kubernetesSettings();
  const { default: compile } = (await import('../compile.mjs' as string)) as { default: () => Promise<void> };
  await compile();
  say(`cluster: ${runCommand('kubectl version', {}).trim().split('\n').pop()}`);
  for (const file of archives) {
    say(`loading ${file}`);
    runCommand(load!, { file });
  }
}
