import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.storage.internals.log.LogConfig;

/** Reads `kind TAB option TAB value` a line, and prints `ok` or why Kafka's own ConfigDef refuses the value. */
public final class JudgeValues {
  public static void main(String[] args) throws Exception {
    ConfigDef broker = (ConfigDef) Class.forName("kafka.server.KafkaConfig").getMethod("configDef").invoke(null);
    Map<String, ConfigDef> definitions = Map.of("broker", broker, "topic", LogConfig.configDefCopy());
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    StringBuilder verdicts = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] parts = line.split("\t", -1);
      verdicts.append(judge(definitions.get(parts[0]).configKeys().get(parts[1]), parts[2])).append('\n');
    }
    System.out.print(verdicts);
  }

  private static String judge(ConfigDef.ConfigKey key, String text) {
    try {
      Object value = ConfigDef.parseType(key.name, text, key.type);
      if (key.validator != null) key.validator.ensureValid(key.name, value);
      return "ok";
    } catch (ConfigException refused) {
      return refused.getMessage().replace('\n', ' ');
    }
  }
}
