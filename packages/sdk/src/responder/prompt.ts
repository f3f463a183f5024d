import type { Locale, TenantSettings } from '../accounts/index.ts'
import { sha256Hex } from '../kernel/index.ts'
import type { ModelItem } from './model.ts'

/** Version of our part of the instructions. */
export const promptVersion = '1'

/** What a model is told before everything else. */
export interface Instructions {
  /** The same bytes until the business' settings or our version change. */
  readonly text: string
  readonly version: string
  /** SHA-256 of the text, lower-case hex. */
  readonly hash: string
}

/** The instructions of a business. They hold no secret: whoever reads them learns nothing that is not public. */
export async function instructionsOf(settings: TenantSettings): Promise<Instructions> {
  const text = settings.businessName
  return { text, version: promptVersion, hash: await sha256Hex(text) }
}

/** What holds for one turn only; the last item of the input. */
export function factsOf(_turn: {
  readonly settings: TenantSettings
  readonly locale: Locale
  readonly now: Date
  readonly notes?: readonly string[]
}): ModelItem {
  return { kind: 'facts', text: '' }
}
