import { expect, test } from 'vitest'
import { checkCourse, coursesOf, violations } from './assistant-interleavings.fixture.ts'

test('the oracle sees an answer that talks over a colleague', () => {
  expect(violations(['ai', 'conversation.taken_over', 'staff', 'ai'])).toEqual(['ai'])
  expect(violations(['conversation.taken_over', 'conversation.given_back', 'ai'])).toEqual([])
})

test('whoever acts at whatever step of a turn, one voice answers, nothing is lost and nothing answered twice', async () => {
  const courses = coursesOf(2)
  expect(courses).toHaveLength(1 + 24 + 336)
  for (const course of courses) await checkCourse(course)
}, 60_000)
