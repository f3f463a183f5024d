// oxlint plugin: how long a function may be, without the functions inside it. A factory that returns an object of
// short methods is not a long function; max-lines bounds its file.
const limit = 60

/** A function in the syntax tree, as far as the rule looks into it. */
interface FunctionNode {
  readonly loc: {
    readonly start: { readonly line: number }
    readonly end: { readonly line: number }
  }
}

interface Context {
  readonly sourceCode: { readonly lines: readonly string[] }
  report(problem: { node: FunctionNode; message: string }): void
}

const rule = {
  create(context: Context) {
    const insideLines: number[] = []
    const enter = () => {
      insideLines.push(0)
    }
    const leave = (node: FunctionNode) => {
      const all = countCode(
        context.sourceCode.lines.slice(node.loc.start.line - 1, node.loc.end.line),
      )
      const own = all - (insideLines.pop() ?? 0)
      const outer = insideLines.length - 1
      // The line that names an inner function belongs to the outer one.
      if (outer >= 0) insideLines[outer] = (insideLines[outer] ?? 0) + all - 1
      if (own > limit)
        context.report({
          node,
          message: `${own} lines of its own in one function; at most ${limit}.`,
        })
    }
    return {
      FunctionDeclaration: enter,
      FunctionExpression: enter,
      ArrowFunctionExpression: enter,
      'FunctionDeclaration:exit': leave,
      'FunctionExpression:exit': leave,
      'ArrowFunctionExpression:exit': leave,
    }
  },
}

function countCode(lines: readonly string[]): number {
  return lines.filter((line) => !/^\s*(?:$|\/\/|\/?\*)/.test(line)).length
}

/** The plugin as oxlint loads it. */
export default { meta: { name: 'auronx-size' }, rules: { 'own-lines': rule } }
