import { expect, test } from 'vitest'
import type { Goal } from './hostile-goals.fixture.ts'
import { openKernel } from './hostile-kernel.fixture.ts'
import type { Invariants } from './hostile-kernel.fixture.ts'
import {
  mutatedTools,
  rawInstructions,
  rawTranscript,
  withoutBlocks,
  withoutBudget,
  withoutCalls,
  withoutGuard,
} from './hostile-mutations.fixture.ts'
import { playAll } from './hostile-play.fixture.ts'
import { openStage } from './hostile.fixture.ts'
import type { Mutation } from './hostile.fixture.ts'

interface Removal {
  readonly invariant: string
  readonly mutation: Mutation & Partial<Invariants>
  /** Where to begin: an attack that takes many sequences to come upon need not be looked for anew each time. Default 1. */
  readonly from?: number
  /** Shows only in the whole system. */
  readonly whole?: boolean
  readonly expected: Goal
}

const removals: readonly Removal[] = [
  {
    invariant: 'I-1: a tool takes a contact id',
    mutation: { tools: mutatedTools('contact') },
    expected: 'state_of_others',
  },
  {
    invariant: 'I-2: any reference opens an order',
    mutation: { tools: mutatedTools('reference') },
    from: 1500,
    expected: 'told_of_others',
  },
  {
    invariant: 'I-3: a read tool is not scoped',
    mutation: { tools: mutatedTools('unscoped') },
    expected: 'prompt_has_others',
  },
  {
    invariant: 'I-4: the model states the total',
    mutation: { tools: mutatedTools('total') },
    expected: 'false_money',
  },
  {
    invariant: 'I-5: a tool confirms',
    mutation: { tools: mutatedTools('confirm') },
    expected: 'commit_without_confirmation',
  },
  {
    invariant: 'I-6: a tool takes a recipient',
    mutation: { tools: mutatedTools('recipient') },
    from: 100,
    whole: true,
    expected: 'other_recipient',
  },
  {
    invariant: 'I-7: no budget of calls',
    mutation: { session: withoutBudget, limits: { steps: 30 } },
    expected: 'too_many_calls',
  },
  {
    invariant: 'I-8: no guard, links',
    mutation: { session: withoutGuard },
    expected: 'foreign_link',
  },
  {
    invariant: 'I-8: no guard, claims',
    mutation: { session: withoutGuard },
    expected: 'false_claim',
  },
  {
    invariant: 'I-8: no guard, amounts',
    mutation: { session: withoutGuard },
    expected: 'false_amount',
  },
  {
    invariant: 'I-8: no guard, tokens',
    mutation: { session: withoutGuard },
    expected: 'foreign_token',
  },
  {
    invariant: 'I-9: nobody sees that a contact is blocked',
    mutation: { storage: withoutBlocks },
    from: 250,
    whole: true,
    expected: 'words_after_the_end',
  },
  {
    invariant: 'I-10: an effect can happen twice',
    mutation: { tools: mutatedTools('twice') },
    from: 1500,
    expected: 'duplicate_effect',
  },
  {
    invariant: 'I-11: what customers write reaches the model as it is',
    mutation: { transcript: rawTranscript },
    expected: 'prompt_has_personal',
  },
  {
    invariant: 'I-11: a secret of the business reaches the prompt',
    mutation: { instructions: rawInstructions },
    expected: 'prompt_has_personal',
  },
  {
    invariant: 'I-12: calls are not on record',
    mutation: { storage: withoutCalls },
    whole: true,
    expected: 'no_evidence',
  },
]

test.each(removals)(
  'is noticed when it is gone: $invariant',
  { timeout: 120_000 },
  async ({ mutation, from = 1, whole = false, expected }) => {
    const open = () => (whole ? openStage(mutation) : openKernel(mutation))
    const found = await playAll(
      open,
      { from, count: 4000, every: 50 },
      (reached) => reached[expected] !== undefined,
    )
    expect(found[expected]).toBeDefined()
  },
)
