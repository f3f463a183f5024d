import { channel } from 'node:diagnostics_channel'
import type { Model, ModelItem } from './model.ts'
import { createScriptedModel } from './model.scripted.ts'
import type { ScriptedModel } from './model.scripted.ts'

/**
 * A model whose requests are published, for the recorder that looks at everything the tests send to models. Items that it
 * returned itself are named apart: they are its own words.
 */
export function recorded<Recorded extends Model>(model: Recorded): Recorded {
  const own = new WeakSet<ModelItem>()
  const requests = channel('auronx.test.model-request')
  return {
    ...model,
    async respond(request, options) {
      requests.publish({ request, returned: request.input.filter((item) => own.has(item)) })
      const reply = await model.respond(request, options)
      if (reply.kind === 'answered') for (const item of reply.continuation) own.add(item)
      return reply
    },
  }
}

/** A scripted model whose requests are recorded, see {@link recorded}. */
export function createRecordedModel(
  ...script: Parameters<typeof createScriptedModel>
): ScriptedModel {
  return recorded(createScriptedModel(...script))
}
