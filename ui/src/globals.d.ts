/** Whether the fake back end is part of this build (dev, preview, tests). */
declare const __WITH_MEMORY__: boolean
