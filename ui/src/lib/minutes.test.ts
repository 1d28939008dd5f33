import { expect, test } from 'vitest'
import { minutesText, readMinutes } from './minutes'

test('lengths are read as people write them', () => {
  for (const [typed, minutes] of [['20', 20], ['20 min', 20], ['4h', 240], ['1 h 30', 90], ['1:30', 90], ['3 d', 4320], ['1d 2h', 1560], ['90 minutes', 90]] as const) expect(readMinutes(typed), typed).toBe(minutes)
  for (const typed of ['', 'soon', '-5', '1.5 h', '1:75']) expect(readMinutes(typed), typed).toBeUndefined()
})

test('lengths read back as they are shown', () => {
  for (const minutes of [1, 20, 60, 90, 125, 480, 1440, 1500, 10_080]) expect(readMinutes(minutesText(minutes)), minutesText(minutes)).toBe(minutes)
})
