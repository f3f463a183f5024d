import { expect, test } from 'vitest'
import { checkCourse, coursesOf } from './assistant-interleavings.fixture.ts'

test('every course of three moves around a turn has one voice', async () => {
  const courses = coursesOf(3).filter(({ length }) => length === 3)
  expect(courses).toHaveLength(3_584)
  for (const course of courses) await checkCourse(course)
})
