import type { FromWorker, Question, ToWorker } from "./protocol.ts"
import type { TypeService } from "./service.ts"

/** The worker's side of the talk: answers one question after the other, and none that the page no longer waits for. */
export class Desk {
  readonly #service: TypeService
  readonly #send: (message: FromWorker) => void
  #version = 0
  #questions: Question[] = []

  constructor(service: TypeService, send: (message: FromWorker) => void) {
    this.#service = service
    this.#send = send
  }

  receive(message: ToWorker): void {
    if (message.type === "start") return
    if (message.type === "update") {
      this.#version = message.version
      this.#questions = []
      this.#service.update(message.cells)
    } else if (message.version === this.#version) {
      this.#questions.push(message)
      // Whatever else has arrived by now is received first: an update makes the questions before it void.
      setTimeout(() => {
        this.#answerNext()
      })
    }
  }

  #answerNext(): void {
    const question = this.#questions.shift()
    if (question) this.#send({ type: "answer", id: question.id, answer: this.#answer(question) })
  }

  #answer({ ask, args }: Question): unknown {
    try {
      return (this.#service[ask] as (...args: unknown[]) => unknown)(...args)
    } catch (error) {
      console.warn(`The type checker could not answer (${ask}):`, error)
      return null
    }
  }
}
