import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.types.Schema;

/** Prints as JSON how Kafka lays out the requests and answers whose keys and versions are given as `key:version`. */
public class DescribeMessages {
    public static void main(String[] wanted) {
        List<String> described = new ArrayList<>();
        for (String each : wanted) {
            String[] parts = each.split(":");
            int key = Integer.parseInt(parts[0]);
            if (!ApiKeys.hasId(key)) {
                described.add("{\"name\":\"\",\"oldest\":0,\"newest\":-1,\"request\":\"\",\"answer\":\"\"}");
                continue;
            }
            ApiKeys api = ApiKeys.forId(key);
            int version = Integer.parseInt(parts[1]);
            described.add(String.format("{\"name\":\"%s\",\"oldest\":%d,\"newest\":%d,\"request\":\"%s\",\"answer\":\"%s\"}",
                api.name, api.oldestVersion(), api.latestVersion(),
                schema(api.messageType.requestSchemas(), version), schema(api.messageType.responseSchemas(), version)));
        }
        System.out.println("[" + String.join(",", described) + "]");
    }

    private static String schema(Schema[] schemas, int version) {
        return version < schemas.length && schemas[version] != null ? schemas[version].toString() : "";
    }
}
