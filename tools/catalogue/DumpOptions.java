import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.storage.internals.log.LogConfig;

/**
 * Prints what one Kafka release says of its own options, as JSON. Runs from source (`java -cp … DumpOptions.java`) against any release from 3.9
 * on, so whatever moved between releases is reached by reflection.
 */
public final class DumpOptions {
  public static void main(String[] args) throws Exception {
    Map<String, Object> dump = new LinkedHashMap<>();
    dump.put("features", features());
    dump.put("broker", options(brokerOptions(), updateModes(), Map.of()));
    dump.put("topic", options(LogConfig.configDefCopy(), Map.of(), brokerNames()));
    dump.put("worker", options(workerOptions(), Map.of(), Map.of()));
    System.out.println(new ObjectMapper().writeValueAsString(dump));
  }

  private static ConfigDef brokerOptions() throws Exception {
    return (ConfigDef) Class.forName("kafka.server.KafkaConfig").getMethod("configDef").invoke(null);
  }

  private static ConfigDef workerOptions() throws Exception {
    Class<?> crypto = Class.forName("org.apache.kafka.connect.runtime.distributed.Crypto");
    Method config =
        Class.forName("org.apache.kafka.connect.runtime.distributed.DistributedConfig").getDeclaredMethod("config", crypto);
    config.setAccessible(true);
    return (ConfigDef) config.invoke(null, crypto.getField("SYSTEM").get(null));
  }

  /** Broker options that can change without a restart, and whether for one broker or for all alike. */
  private static Map<?, ?> updateModes() throws Exception {
    try {
      Class<?> type = Class.forName("org.apache.kafka.server.config.DynamicBrokerConfig");
      return (Map<?, ?>) type.getMethod("dynamicConfigUpdateModes").invoke(null);
    } catch (ClassNotFoundException before43) {
      Class<?> type = Class.forName("kafka.server.DynamicBrokerConfig$");
      return (Map<?, ?>) type.getMethod("dynamicConfigUpdateModes").invoke(type.getField("MODULE$").get(null));
    }
  }

  /** The broker option that gives a topic option its default. */
  private static Map<?, ?> brokerNames() throws Exception {
    return (Map<?, ?>)
        Class.forName("org.apache.kafka.server.config.ServerTopicConfigSynonyms").getField("TOPIC_CONFIG_SYNONYMS").get(null);
  }

  private static Map<String, Object> options(ConfigDef definition, Map<?, ?> updateModes, Map<?, ?> brokerNames)
      throws Exception {
    Map<String, Object> options = new TreeMap<>();
    for (ConfigDef.ConfigKey key : definition.configKeys().values()) {
      Map<String, Object> option = new LinkedHashMap<>();
      option.put("type", key.type.name().toLowerCase());
      if (key.defaultValue == ConfigDef.NO_DEFAULT_VALUE) option.put("required", true);
      else option.put("default", ConfigDef.convertToString(key.defaultValue, key.type));
      if (key.validator != null) option.put("validator", validator(key.validator));
      if (updateModes.containsKey(key.name)) option.put("update", updateModes.get(key.name));
      if (brokerNames.containsKey(key.name)) option.put("broker", brokerNames.get(key.name));
      option.put("importance", key.importance.name().toLowerCase());
      if (key.internalConfig) option.put("internal", true);
      option.put("documentation", key.documentation == null ? "" : key.documentation);
      options.put(key.name, option);
    }
    return options;
  }

  /** A validator as data where its class is known; else what it says of itself. */
  private static Map<String, Object> validator(ConfigDef.Validator validator) throws Exception {
    Map<String, Object> out = new LinkedHashMap<>();
    String kind = validator.getClass().getSimpleName();
    switch (kind) {
      case "Range":
        out.put("kind", "range");
        if (field(validator, "min") != null) out.put("min", number(field(validator, "min")));
        if (field(validator, "max") != null) out.put("max", number(field(validator, "max")));
        break;
      case "ValidString":
        out.put("kind", "one-of");
        out.put("values", strings(field(validator, "validStrings")));
        break;
      case "CaseInsensitiveValidString":
        out.put("kind", "one-of-ignoring-case");
        out.put("values", strings(field(validator, "validStrings")).stream().sorted().toList());
        break;
      case "ValidList":
        out.put("kind", "list");
        Object elements = field(validator, "validString");
        List<String> values = elements == null ? List.of() : strings(field(elements, "validStrings"));
        if (!values.isEmpty()) out.put("values", values);
        if (hasField(validator, "isEmptyAllowed")) { // from 4.2 on; KIP-1161
          if (!(boolean) field(validator, "isEmptyAllowed")) out.put("nonEmpty", true);
          out.put("unique", true);
        }
        break;
      case "ListSize":
        out.put("kind", "list");
        out.put("maxSize", field(validator, "maxSize"));
        break;
      case "NonEmptyString":
      case "NonEmptyStringWithoutControlChars":
        out.put("kind", "non-empty");
        break;
      case "NonNullValidator":
        out.put("kind", "non-null");
        break;
      case "CompositeValidator":
        out.put("kind", "all");
        List<Object> parts = new ArrayList<>();
        for (Object part : (Collection<?>) field(validator, "validators")) parts.add(validator((ConfigDef.Validator) part));
        out.put("validators", parts);
        break;
      default:
        return described(validator);
    }
    return out;
  }

  private static final Pattern RANGE_OR = Pattern.compile("\\[(-?\\d+),\\.\\.\\.,(-?\\d+)\\] or (-?\\d+)");

  /** What a validator of a class of its own says of itself: read where it can be, else kept as a text. */
  private static Map<String, Object> described(ConfigDef.Validator validator) {
    String text = validator.toString();
    Matcher range = RANGE_OR.matcher(text);
    if (range.matches()) {
      return ordered("kind", "range", "min", range.group(1), "max", range.group(2), "or", range.group(3));
    }
    if (text.equals("non-empty list")) return ordered("kind", "list", "nonEmpty", true);
    // without a toString of its own there is only the class
    return ordered("kind", "text", "text", text.contains("@") ? validator.getClass().getSimpleName() : text);
  }

  private static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> out = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) out.put((String) keysAndValues[i], keysAndValues[i + 1]);
    return out;
  }

  /** A bound as text, exact for every long; whole numbers without a fraction. */
  private static String number(Object bound) {
    if (bound instanceof Double && (Double) bound == Math.rint((Double) bound)) return String.valueOf(((Double) bound).longValue());
    return String.valueOf(bound);
  }

  private static List<String> strings(Object collection) {
    return ((Collection<?>) collection).stream().map(String::valueOf).toList();
  }

  private static boolean hasField(Object object, String name) {
    for (Field field : object.getClass().getDeclaredFields()) if (field.getName().equals(name)) return true;
    return false;
  }

  private static Object field(Object object, String name) throws ReflectiveOperationException {
    Field field = object.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(object);
  }

  /** What `kafka-storage format` sets for this release: the name of its metadata.version and the level of every feature. */
  private static Map<String, Object> features() throws Exception {
    Class<?> metadata = Class.forName("org.apache.kafka.server.common.MetadataVersion");
    Object latest = metadata.getMethod("latestProduction").invoke(null);
    Map<String, Object> levels = new TreeMap<>();
    levels.put("metadata.version", metadata.getMethod("featureLevel").invoke(latest));
    Class<?> type = firstClass("org.apache.kafka.server.common.Feature", "org.apache.kafka.server.common.Features");
    Method level = firstMethod(type, metadata, "defaultLevel", "defaultValue");
    for (Object feature : (Collection<?>) type.getField("PRODUCTION_FEATURES").get(null)) {
      levels.put((String) type.getMethod("featureName").invoke(feature), level.invoke(feature, latest));
    }
    Map<String, Object> features = new LinkedHashMap<>();
    features.put("metadataVersion", String.valueOf(latest));
    features.put("levels", levels);
    return features;
  }

  /** 4.0 gave some classes and methods other names. */
  private static Class<?> firstClass(String now, String before) throws ClassNotFoundException {
    try {
      return Class.forName(now);
    } catch (ClassNotFoundException older) {
      return Class.forName(before);
    }
  }

  private static Method firstMethod(Class<?> type, Class<?> argument, String now, String before) throws NoSuchMethodException {
    try {
      return type.getMethod(now, argument);
    } catch (NoSuchMethodException older) {
      return type.getMethod(before, argument);
    }
  }
}
