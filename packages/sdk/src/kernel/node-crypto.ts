/** The functions of `node:crypto` that are used where it exists: several times faster than Web Crypto on short inputs. */
export interface NodeCrypto {
  createHmac(
    algorithm: 'sha256',
    key: string,
  ): { update(data: Uint8Array): { digest(): Uint8Array } }
  createHash(algorithm: 'sha256'): { update(data: string): { digest(encoding: 'hex'): string } }
  timingSafeEqual(left: Uint8Array, right: Uint8Array): boolean
  /** The one-shot digest, faster still; absent in older runtimes. Hexadecimal. */
  hash?(algorithm: 'sha256', data: string): string
}

/**
 * `node:crypto` where the runtime has it (Node, Bun, Deno, edge runtimes with Node compatibility), found without an
 * import, so that the SDK also loads where there is nothing but web APIs. Undefined there.
 *
 * @see https://nodejs.org/api/process.html#processgetbuiltinmoduleid
 */
export function findNodeCrypto(): NodeCrypto | undefined {
  const runtime: unknown = Reflect.get(globalThis, 'process')
  if (!hasGetBuiltinModule(runtime)) return undefined
  const found = runtime.getBuiltinModule('node:crypto')
  return isNodeCrypto(found) ? found : undefined
}

function hasGetBuiltinModule(
  value: unknown,
): value is { getBuiltinModule: (id: string) => unknown } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'getBuiltinModule' in value &&
    typeof value.getBuiltinModule === 'function'
  )
}

function isNodeCrypto(value: unknown): value is NodeCrypto {
  return (
    typeof value === 'object' &&
    value !== null &&
    'createHmac' in value &&
    typeof value.createHmac === 'function' &&
    'createHash' in value &&
    typeof value.createHash === 'function' &&
    'timingSafeEqual' in value &&
    typeof value.timingSafeEqual === 'function'
  )
}
