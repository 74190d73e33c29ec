/** The environment of this process, but for options of Java: what Java says of them is no output of a script or a tool. */
export function quietJava(): NodeJS.ProcessEnv {
  const { JDK_JAVA_OPTIONS: _, ...env } = process.env;
  return env;
}
