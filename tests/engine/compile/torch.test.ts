import { expect, test } from "vitest"
import { fixture } from "../support.ts"
import { torchCase, type TorchProgram } from "./programs.ts"
import { asGraph, asSource, backends, compiled } from "./support.ts"

const { programs } = fixture<{ programs: TorchProgram[] }>("torch-graphs")

test("there are 200 programs", () => {
  expect(programs).toHaveLength(200)
})

// That the eager engine gives PyTorch's numbers is tested in ../torch.test.ts.
test.each(programs.map((program, i) => [i, program] as const))(
  "program %i is the eager one, bit for bit",
  (_, program) => {
    const expected = asGraph(torchCase(program))
    for (const backend of backends) expect(compiled(torchCase(program), backend), backend).toEqual(expected)
    expect(asSource(torchCase(program)), "source").toEqual(expected)
  },
)
