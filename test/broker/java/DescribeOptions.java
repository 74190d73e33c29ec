import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;

/** Prints what a running broker says of its own options and of those of a topic that it has just made: arguments are its address and its node id. */
public final class DescribeOptions {
  public static void main(String[] args) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", args[0], "default.api.timeout.ms", "120000"))) {
      admin.createTopics(List.of(new NewTopic("described", 1, (short) 1))).all().get();
      ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, args[1]);
      ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "described");
      DescribeConfigsOptions options = new DescribeConfigsOptions().includeSynonyms(true).includeDocumentation(true);
      Map<ConfigResource, Config> configs = admin.describeConfigs(List.of(broker, topic), options).all().get();
      Map<String, Object> described = new LinkedHashMap<>();
      described.put("broker", entries(configs.get(broker)));
      described.put("topic", entries(configs.get(topic)));
      System.out.println(new ObjectMapper().writeValueAsString(described));
    }
  }

  private static Map<String, Object> entries(Config config) {
    Map<String, Object> entries = new TreeMap<>();
    for (ConfigEntry entry : config.entries()) {
      Map<String, Object> described = new LinkedHashMap<>();
      described.put("type", entry.type().name().toLowerCase());
      described.put("default", defaultOf(entry));
      described.put("readOnly", entry.isReadOnly());
      described.put("source", entry.source().name());
      entries.put(entry.name(), described);
    }
    return entries;
  }

  private static String defaultOf(ConfigEntry entry) {
    if (entry.source() == ConfigEntry.ConfigSource.DEFAULT_CONFIG) return entry.value();
    for (ConfigEntry.ConfigSynonym synonym : entry.synonyms()) {
      if (synonym.source() == ConfigEntry.ConfigSource.DEFAULT_CONFIG) return synonym.value();
    }
    return null;
  }
}
