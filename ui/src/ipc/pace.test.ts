import { expect, test } from 'vitest'
import { BURST_MS, Pace } from './pace'

/** A stage whose time and paint the test moves. */
function stage() {
  let now = 0
  const timers: { at: number; work: () => void }[] = []
  const paints: (() => void)[] = []
  return {
    now: () => now,
    later: (work: () => void, ms: number) => timers.push({ at: now + ms, work }),
    painted: () => new Promise<void>((resolve) => paints.push(resolve)),
    paint: async () => {
      paints.splice(0).forEach((done) => done())
      await settle()
    },
    pass: async (ms: number) => {
      now += ms
      timers.splice(0).forEach((timer) => (timer.at <= now ? timer.work() : timers.push(timer)))
      await settle()
    },
  }
}
const settle = () => new Promise((resolve) => setTimeout(resolve))

function fetching() {
  const open: (() => void)[] = []
  let started = 0
  return {
    fetch: () => (started++, new Promise<void>((resolve) => open.push(resolve))),
    answer: async () => {
      open.shift()?.()
      await settle()
    },
    get started() {
      return started
    },
  }
}

test('requests during one become one more after it has painted', async () => {
  const time = stage()
  const data = fetching()
  const pace = new Pace(data.fetch, time)
  pace.ask()
  for (let i = 0; i < 50; i++) pace.ask()
  await data.answer()
  await time.pass(1000)
  expect(data.started, 'the first answer has not painted').toBe(1)
  await time.paint()
  expect(data.started, 'fifty requests became one').toBe(2)
  await data.answer()
  await time.paint()
  expect(data.started, 'nothing more was asked').toBe(2)
})

test('a burst is answered at most every 100 ms', async () => {
  const time = stage()
  const data = fetching()
  const pace = new Pace(data.fetch, time)
  for (let ms = 0; ms < 1000; ms += 10) {
    pace.ask()
    await data.answer()
    await time.paint()
    await time.pass(10)
  }
  expect(data.started).toBeLessThanOrEqual(1000 / BURST_MS + 1)
  expect(data.started).toBeGreaterThan(5)
})

test('a failing fetch does not stop the next', async () => {
  const time = stage()
  let started = 0
  const pace = new Pace(() => (started++, Promise.resolve()), time)
  pace.ask()
  await settle()
  await time.paint()
  await time.pass(BURST_MS)
  pace.ask()
  await settle()
  expect(started).toBe(2)
})

test('no fetch begins after the end', async () => {
  const time = stage()
  const data = fetching()
  const pace = new Pace(data.fetch, time)
  pace.end()
  pace.ask()
  await settle()
  expect(data.started).toBe(0)
})
