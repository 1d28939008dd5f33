// What a commander works with, as the fake home keeps it for one incident.

import type {
  BoardLine, BoardLineView, DecisionView, HandoffView, HypothesisView, LinkView, MergedView, PostingView, PresentView, PromiseView, QuestionView, QueuedView, TaskView, UpdateView,
} from '../../bindings.gen'

/** A look to be taken. */
export interface Look {
  id: string
  at: string
  set_at: string
  text: string | null
  offer_resolve: boolean
}

export interface Craft {
  tasks: TaskView[]
  decisions: DecisionView[]
  hypotheses: HypothesisView[]
  questions: QuestionView[]
  /** Lines written by hand. */
  lines: Partial<Record<BoardLine, BoardLineView>>
  /** Newest first. */
  updates: UpdateView[]
  /** Newest first. */
  postings: PostingView[]
  promise: PromiseView | null
  kept: { in_time: number; late: number; missed: number }
  /** Newest first. */
  queue: QueuedView[]
  handoff: HandoffView | null
  looks: Look[]
  present: PresentView[]
  bridge: string | null
  links: LinkView[]
  merged: MergedView | null
  /** `role 2`: ticked items of checklists. */
  ticked: Set<string>
}

export const noCraft = (): Craft => ({
  tasks: [], decisions: [], hypotheses: [], questions: [], lines: {}, updates: [], postings: [], promise: null, kept: { in_time: 0, late: 0, missed: 0 }, queue: [],
  handoff: null, looks: [], present: [], bridge: null, links: [], merged: null, ticked: new Set(),
})
