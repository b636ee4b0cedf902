// Signs one request with http-message-signatures and sends it; prints the status and the body.
// The only argument is JSON: method, url, body?, idempotencyKey?, keyId, secret (base64), created.
import { createHash, randomUUID } from 'node:crypto';
import { createSigner, httpbis } from 'http-message-signatures';

const call = JSON.parse(process.argv[2]);
const url = new URL(call.url);
const fields = ['@method', '@path', '@authority'];
const headers = { host: url.host };
if (url.search) {
  fields.push('@query');
}
if (call.body) {
  headers['content-type'] = 'application/json';
  headers['content-digest'] = `sha-256=:${createHash('sha256').update(call.body).digest('base64')}:`;
  fields.push('content-type', 'content-digest');
}
if (call.idempotencyKey) {
  headers['idempotency-key'] = `"${call.idempotencyKey}"`;
  fields.push('idempotency-key');
}
const created = new Date(call.created * 1000);
const signed = await httpbis.signMessage(
  {
    key: createSigner(Buffer.from(call.secret, 'base64'), 'hmac-sha256', call.keyId),
    fields,
    params: ['created', 'expires', 'keyid', 'alg', 'nonce'],
    paramValues: { created, expires: new Date(created.getTime() + 60_000), nonce: randomUUID() },
  },
  { method: call.method, url: call.url, headers, body: call.body },
);
delete signed.headers.host; // fetch sets it itself
const response = await fetch(call.url, {
  method: call.method,
  headers: signed.headers,
  body: call.body,
});
console.log(`${response.status} ${await response.text()}`);
