// oxlint plugin: the SDK takes time, ids, randomness, settings and the network as arguments.
const instead = 'the SDK takes it as an argument (Clock, Ids, Random, egress)'

/** A node of the syntax tree, as far as the rule looks into it. */
interface Node {
  readonly type: string
  readonly name?: string
  readonly computed?: boolean
  readonly object?: Node
  readonly property?: Node
  readonly callee?: Node
  readonly arguments?: readonly Node[]
}

interface Context {
  readonly filename: string
  report(problem: { node: Node; message: string }): void
}

const members = new Set([
  'Date.now',
  'Math.random',
  'crypto.randomUUID',
  'process.env',
  'performance.now',
])

const rule = {
  create(context: Context) {
    const mayFetch = /\/(egress|simulator)\//.test(context.filename)
    const complain = (node: Node, what: string) =>
      context.report({ node, message: `No ${what} here: ${instead}.` })
    return {
      MemberExpression(node: Node) {
        const object = node.object?.name ?? node.object?.property?.name ?? ''
        const name = `${object}.${node.property?.name ?? ''}`
        if (members.has(name)) complain(node, name)
        if (name === 'globalThis.fetch' && !mayFetch) complain(node, 'fetch')
      },
      NewExpression(node: Node) {
        if (node.callee?.name === 'Date' && node.arguments?.length === 0)
          complain(node, 'new Date()')
      },
      CallExpression(node: Node) {
        if (node.callee?.name === 'Date') complain(node, 'Date()')
        if (node.callee?.name === 'randomUUID') complain(node, 'randomUUID()')
        if (node.callee?.name === 'fetch' && !mayFetch) complain(node, 'fetch()')
      },
    }
  },
}

/** The plugin as oxlint loads it. */
export default { meta: { name: 'auronx' }, rules: { 'no-ambient': rule } }
