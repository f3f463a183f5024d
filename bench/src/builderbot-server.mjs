import { createServer } from 'node:http'
import { MetaProvider } from '@builderbot/provider-meta'

// BuilderBot's acknowledgement in a process of its own: node builderbot-server.mjs. Plain JavaScript, because its types do
// not resolve. Its own way to listen is left out, because that asks Graph for a profile; it does not check signatures.
const provider = new MetaProvider({
  jwtToken: 'bench',
  numberId: '900000000000001',
  verifyToken: 'bench',
  version: 'v24.0',
})
provider.beforeHttpServerInit.call({
  server: provider.server,
  globalVendorArgs: provider.globalVendorArgs,
  vendor: await provider.initVendor(),
})
const server = createServer((request, response) => {
  request.url = '/webhook'
  provider.server.handler(request, response)
})
server.listen(0, '127.0.0.1', () => process.send?.({ port: server.address().port }))
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ cpu: user + system })
})
process.on('disconnect', () => process.exit(0))
