// Answers like the JMX exporter of a node with which all is well, and prints its port.
import { createServer } from 'node:http';

const FETCHERS = 'kafka_server_replica_fetcher_metrics';
const WELL = {
  kafka_server_kafkaserver_brokerstate: '3.0',
  'kafka_server_replicafetchermanager_maxlag{clientid="Replica"}': '0.0',
  'kafka_server_replicafetchermanager_failedpartitionscount{clientid="Replica"}': '0.0',
  kafka_log_logmanager_offlinelogdirectorycount: '0.0',
  [`${FETCHERS}_connection_count{broker_id="1",fetcher_id="0"}`]: '1.0',
  [`${FETCHERS}_responses{broker_id="1",fetcher_id="0"}`]: '30.0',
  kafka_server_raft_metrics_high_watermark: '1.2345678E7',
  kafka_server_replicamanager_underreplicatedpartitions: '0.0',
};

const server = createServer((request, response) => {
  const names = new URL(request.url, 'http://localhost').searchParams.getAll('name[]');
  const lines = Object.entries(WELL).filter(([name]) => names.includes(name.split('{')[0]));
  response.end(lines.map(([name, value]) => `# TYPE ${name.split('{')[0]} gauge\n${name} ${value}\n`).join(''));
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
