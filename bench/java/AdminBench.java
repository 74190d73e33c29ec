import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The baseline: Kafka's own Admin client doing the same work in batches of 1,000. */
public class AdminBench {
    static final int BATCH = 1000;

    public static void main(String[] args) throws Exception {
        String servers = args[1];
        int count = Integer.parseInt(args[2]);
        java.util.Properties settings = new java.util.Properties();
        if (args.length > 3) settings.load(new java.io.FileReader(args[3]));
        settings.putAll(Map.of("bootstrap.servers", servers, "default.api.timeout.ms", "300000", "request.timeout.ms", "120000"));
        try (Admin admin = Admin.create(settings)) {
            switch (args[0]) {
                case "create" -> create(admin, count);
                case "alter" -> alter(admin, count);
                case "acls" -> acls(admin, count);
                default -> throw new IllegalArgumentException(args[0]);
            }
        }
    }

    static Iterable<List<Integer>> batches(int count) {
        List<List<Integer>> batches = new ArrayList<>();
        for (int start = 0; start < count; start += BATCH)
            batches.add(IntStream.range(start, Math.min(count, start + BATCH)).boxed().toList());
        return batches;
    }

    /** Ends when the topics are there with their leaders, which is when a client can use them. */
    static void create(Admin admin, int count) throws Exception {
        for (List<Integer> batch : batches(count)) {
            admin.createTopics(batch.stream()
                .map(id -> new NewTopic("bench-" + id, 1, (short) 3).configs(Map.of(
                    "cleanup.policy", "delete", "min.insync.replicas", "2", "retention.ms", "604800000")))
                .toList()).all().get();
        }
        for (List<Integer> batch : batches(count)) {
            while (!ready(admin, batch)) Thread.sleep(200);
        }
    }

    static boolean ready(Admin admin, List<Integer> batch) throws InterruptedException {
        try {
            Collection<TopicDescription> topics =
                admin.describeTopics(batch.stream().map(id -> "bench-" + id).toList()).allTopicNames().get().values();
            return topics.stream().allMatch(topic -> topic.partitions().stream().allMatch(partition -> partition.leader() != null));
        } catch (java.util.concurrent.ExecutionException notYet) {
            return false;
        }
    }

    static void alter(Admin admin, int count) throws Exception {
        for (List<Integer> batch : batches(count)) {
            Map<ConfigResource, Collection<AlterConfigOp>> changes = new java.util.HashMap<>();
            for (int id : batch)
                changes.put(new ConfigResource(ConfigResource.Type.TOPIC, "bench-" + id),
                    List.of(new AlterConfigOp(new ConfigEntry("retention.ms", "1209600000"), AlterConfigOp.OpType.SET)));
            admin.incrementalAlterConfigs(changes).all().get();
        }
    }

    static void acls(Admin admin, int count) throws Exception {
        for (List<Integer> batch : batches(count)) {
            admin.createAcls(batch.stream()
                .map(id -> new AclBinding(
                    new ResourcePattern(ResourceType.TOPIC, "acl-" + id / 2, PatternType.LITERAL),
                    new AccessControlEntry("User:bench-" + id / 200, "*", id % 2 == 0 ? AclOperation.READ : AclOperation.DESCRIBE, AclPermissionType.ALLOW)))
                .toList()).all().get();
        }
    }
}
