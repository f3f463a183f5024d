import { problemKinds } from '@auronx/sdk/api'

const remedies: Readonly<Record<number, string>> = {
  400: 'Correct the request; <code>errors</code> names what is wrong with it.',
  401: 'Sign in, or send a credential that is valid now.',
  403: 'Ask somebody of the business for the right, or use another credential.',
  404: 'Check the address and the id; what belongs to another business is not there either.',
  405: 'Use one of the methods that <code>Allow</code> names.',
  409: 'Read the thing again and decide on what you see; the same request will not help before something changes.',
  412: 'Read the thing again, and repeat the change on its new version.',
  413: 'Send less: a body has at most a mebibyte.',
  415: 'Send JSON and say so in <code>Content-Type</code>.',
  422: 'Correct the body; <code>errors</code> points to the fields.',
  428: 'Send the <code>ETag</code> of what you saw as <code>If-Match</code>.',
  429: 'Wait for as many seconds as <code>Retry-After</code> says.',
  500: 'Try once more later; tell the operator the <code>requestId</code> when it stays.',
  503: 'Try again in a moment, with the same <code>Idempotency-Key</code>.',
}

/** The page that a problem's `type` leads to: each code with its status, what it means and what to do. No script. */
export function errorsPage(): string {
  const rows = Object.entries(problemKinds).map(
    ([code, { status, title }]) =>
      `<tr id="${code}"><th scope="row"><code>${code}</code></th><td>${status}</td><td>${title}.</td><td>${remedies[status] ?? ''}</td></tr>`,
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Problems of the AuronX API</title>
<h1>Problems of the API</h1>
<p>Answers that are no success are <code>application/problem+json</code> with one of these codes. Codes are only ever added.</p>
<table><thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Meaning</th><th scope="col">What to do</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></html>`
}
