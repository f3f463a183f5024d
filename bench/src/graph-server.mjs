import { createServer } from 'node:http'

// Accepts every message in a process of its own: node graph-server.mjs
const answer = JSON.stringify({
  messaging_product: 'whatsapp',
  contacts: [{ input: 'x', wa_id: 'x' }],
  messages: [{ id: 'wamid.bench-out' }],
})
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(answer)
  })
})
server.listen(0, '127.0.0.1', () => process.send?.({ port: server.address().port }))
process.on('disconnect', () => process.exit(0))
