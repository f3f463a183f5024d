// oxlint plugin: what a file exports has a doc comment right above it.

/** A node of the syntax tree, as far as the rule looks into it. */
interface Node {
  readonly loc: { readonly start: { readonly line: number } }
  readonly declaration?: Node | null
}

interface Context {
  readonly sourceCode: { readonly lines: readonly string[] }
  report(problem: { node: Node; message: string }): void
}

const rule = {
  create(context: Context) {
    const check = (node: Node) => {
      if (!node.declaration) return
      const above = context.sourceCode.lines[node.loc.start.line - 2] ?? ''
      const overload = /^export (async )?function /.test(above)
      if (!above.trimEnd().endsWith('*/') && !overload)
        context.report({
          node,
          message: 'An exported name needs a doc comment: what it does, in one sentence.',
        })
    }
    return { ExportNamedDeclaration: check }
  },
}

/** The plugin as oxlint loads it. */
export default { meta: { name: 'auronx-docs' }, rules: { 'documented-exports': rule } }
