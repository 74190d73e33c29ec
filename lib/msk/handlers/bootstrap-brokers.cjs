// Runs in AWS Lambda as inline code of a CloudFormation custom resource, so it stays below 4096 characters and needs no bundle:
// the runtime brings the SDK. Answers with every bootstrap string that the service returns.
const { KafkaClient, GetBootstrapBrokersCommand } = require('@aws-sdk/client-kafka');

module.exports.handler = async (event) => {
  const { ClusterArn } = event.ResourceProperties;
  const answer = {
    Status: 'SUCCESS',
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    PhysicalResourceId: event.PhysicalResourceId ?? ClusterArn,
  };
  try {
    if (event.RequestType !== 'Delete') {
      answer.PhysicalResourceId = ClusterArn;
      const { $metadata, ...strings } = await new KafkaClient({}).send(new GetBootstrapBrokersCommand({ ClusterArn }));
      console.log(`request ${$metadata.requestId}: ${Object.keys(strings).join(', ')}`);
      answer.Data = strings;
    }
  } catch (error) {
    answer.Status = 'FAILED';
    answer.Reason = `${error.name}: ${error.message}`;
    console.error(answer.Reason);
  }
  const response = await fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify(answer) });
  if (!response.ok) throw new Error(`CloudFormation did not take the answer: ${response.status}`);
};
