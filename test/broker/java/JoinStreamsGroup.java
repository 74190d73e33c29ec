import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.common.message.StreamsGroupHeartbeatRequestData;
import org.apache.kafka.common.message.StreamsGroupHeartbeatRequestData.Subtopology;
import org.apache.kafka.common.message.StreamsGroupHeartbeatRequestData.TaskIds;
import org.apache.kafka.common.message.StreamsGroupHeartbeatRequestData.Topology;
import org.apache.kafka.common.message.StreamsGroupHeartbeatResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.ResponseHeader;
import org.apache.kafka.common.requests.StreamsGroupHeartbeatRequest;

/** A member of a group of the streams protocol that reads a topic, as far as the broker can tell: host, port, group, topic. */
public class JoinStreamsGroup {
    public static void main(String[] args) throws Exception {
        Socket socket = new Socket(args[0], Integer.parseInt(args[1]));
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        DataInputStream in = new DataInputStream(socket.getInputStream());
        StreamsGroupHeartbeatRequestData beat = new StreamsGroupHeartbeatRequestData()
            .setGroupId(args[2]).setMemberId(UUID.randomUUID().toString()).setRebalanceTimeoutMs(10_000)
            .setProcessId("process").setClientTags(List.of()).setActiveTasks(List.of()).setStandbyTasks(List.of()).setWarmupTasks(List.of())
            .setTopology(new Topology().setEpoch(0).setSubtopologies(List.of(
                new Subtopology().setSubtopologyId("0").setSourceTopics(List.of(args[3])))));
        for (int correlation = 1; ; correlation++) {
            RequestHeader header = new RequestHeader(ApiKeys.STREAMS_GROUP_HEARTBEAT, (short) 0, "sam", correlation);
            ByteBuffer request = new StreamsGroupHeartbeatRequest.Builder(beat).build((short) 0).serializeWithHeader(header);
            out.writeInt(request.remaining());
            out.write(request.array(), request.arrayOffset() + request.position(), request.remaining());
            byte[] answer = new byte[in.readInt()];
            in.readFully(answer);
            ByteBuffer body = ByteBuffer.wrap(answer);
            ResponseHeader.parse(body, header.apiKey().responseHeaderVersion((short) 0));
            StreamsGroupHeartbeatResponseData told = new StreamsGroupHeartbeatResponseData(new ByteBufferAccessor(body), (short) 0);
            System.out.println(told);
            if (told.errorCode() == 0) {
                beat.setMemberEpoch(told.memberEpoch()).setTopology(null);
                if (told.activeTasks() != null) beat.setActiveTasks(told.activeTasks().stream()
                    .map(task -> new TaskIds().setSubtopologyId(task.subtopologyId()).setPartitions(task.partitions())).collect(Collectors.toList()));
            }
            Thread.sleep(1_000);
        }
    }
}
