/** The newest runtime of Lambda for Node.js; it brings the AWS SDK. */
export const FUNCTION_RUNTIME = 'nodejs24.x';
