import { createServer } from 'node:http'

// The least a server can be: what T17 and T18 compare with. Plain JavaScript, because stripping types costs a process
// some 15 MiB and a third of its start.
createServer((_request, response) => response.end('ok')).listen(
  Number(process.env.PORT),
  '127.0.0.1',
)
