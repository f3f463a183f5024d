import type { Options } from 'tsup'

/**
 * The tsup settings of both packages: every source file becomes one ES module at the same place below `dist`. Keeping
 * the tree keeps `new URL('./migrations/', import.meta.url)` true, stack traces readable and unused modules unloaded.
 */
export const preset: Options = {
  entry: ['src/**/*.ts', '!src/**/*.test.ts', '!src/**/*.fixture.ts'],
  format: 'esm',
  target: 'node22',
  platform: 'neutral',
  splitting: false,
  clean: true,
  dts: false,
  silent: true,
  esbuildPlugins: [
    {
      name: 'keep-modules',
      setup(build) {
        build.onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ path, kind }) =>
          kind === 'entry-point'
            ? undefined
            : { path: path.replace(/\.ts$/, '.js'), external: true },
        )
        build.onResolve({ filter: /^(node:|[a-z@])/ }, ({ path, kind }) =>
          kind === 'entry-point' ? undefined : { path, external: true },
        )
      },
    },
  ],
}
