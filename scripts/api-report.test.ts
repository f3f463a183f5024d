import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { reportApi } from './api-report.ts'
import { readText } from './repository.ts'
import { inThrowawayRepository, manifestWith } from './throwaway-repository.ts'

const built = {
  'package.json': manifestWith('@auronx/thing', 'lamp'),
  'dist/lamp/index.d.ts': "export { light } from './light.js'",
  'dist/lamp/light.d.ts':
    'interface Colour { readonly hue: number }\nexport declare function light(colour: Colour): void\nexport declare const unused: 1',
}

test('the report holds what an entry exports and what that names, and nothing else', () =>
  inThrowawayRepository(built, (root) => {
    expect(reportApi(root, { write: true })).toEqual([])
    expect(readText(root, 'api/lamp.d.ts')).toBe(
      [
        '// @auronx/thing/lamp exports: light',
        'export declare function light(colour: Colour): void',
        '// named by the above',
        'interface Colour { readonly hue: number }\n',
      ].join('\n\n'),
    )
    expect(reportApi(root, { write: false })).toEqual([])
  }))

test('a change, a missing report and a stale report are found', () =>
  inThrowawayRepository(built, (root) => {
    expect(reportApi(root, { write: false })).toHaveLength(1)
    reportApi(root, { write: true })
    const declarations = path.join(root, 'dist/lamp/light.d.ts')
    writeFileSync(declarations, readText(root, 'dist/lamp/light.d.ts').replace('number', 'string'))
    writeFileSync(path.join(root, 'api/old.d.ts'), '')
    const problems = reportApi(root, { write: false })
    expect(problems).toHaveLength(2)
    expect(problems[0]).toContain('api/lamp.d.ts differs')
  }))
