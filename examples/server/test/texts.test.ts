import { expect, test } from 'vitest'

// Pages are plain JavaScript without types.
async function read(language: string): Promise<object> {
  const file = new URL(`../src/account/public/texts-${language}.js`, import.meta.url)
  const module: Readonly<Record<string, object>> = await import(file.href)
  return module[language] ?? {}
}

/** Texts by their place, with the places that are filled in. */
function shapeOf(texts: object, above = ''): readonly string[] {
  return Object.entries(texts).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'object' && value !== null) return shapeOf(value, `${above}${name}.`)
    const places = String(value).match(/\{\w+\}/g) ?? []
    expect(value, `${above}${name}`).not.toBe('')
    return [`${above}${name} ${places.toSorted().join(' ')}`]
  })
}

test.each(['es', 'pt', 'ar'])(
  '%s says everything that English says, with the same values',
  async (language) => {
    const english = shapeOf(await read('en')).toSorted()
    expect(english.length).toBeGreaterThan(100)
    expect(shapeOf(await read(language)).toSorted()).toEqual(english)
  },
)
