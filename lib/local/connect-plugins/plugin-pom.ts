/** What workers bring along themselves; a second copy in a plugin meets the first one at run time. */
const OF_THE_WORKER = [
  ['org.apache.kafka', '*'],
  ['org.slf4j', 'slf4j-api'],
];

/** A pom whose runtime dependencies are the artifacts, without what a Connect worker has already. */
export function pluginPom(coordinates: readonly string[]): string {
  const exclusions = OF_THE_WORKER.map(
    ([group, artifact]) => `<exclusion><groupId>${group}</groupId><artifactId>${artifact}</artifactId></exclusion>`,
  ).join('');
  const dependencies = coordinates.map((text) => {
    const [group, artifact, version] = text.split(':');
    return `    <dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version><exclusions>${exclusions}</exclusions></dependency>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>kafka-deployment-kit</groupId>
  <artifactId>connect-plugin</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
${dependencies.join('\n')}
  </dependencies>
  <build>
    <plugins>
      <plugin>
        <groupId>org.apache.maven.plugins</groupId>
        <artifactId>maven-dependency-plugin</artifactId>
        <version>3.8.1</version>
        <configuration><includeScope>runtime</includeScope></configuration>
      </plugin>
    </plugins>
  </build>
</project>
`;
}
