// benches/create_room/worker.rs says what a worker is asked and answers.
import Foundation
import Vsdk

let environment = ProcessInfo.processInfo.environment
try config(
    with: ConfigOptions(
        token: environment["VIDEOSDK_TOKEN"], apiBaseUrl: environment["VIDEOSDK_API_ENDPOINT"]))

@Sendable func create() async throws -> Double {
    let start = ContinuousClock.now
    let room = try await createRoom(RoomOptions(customRoomId: "benchmark"))
    let took = ContinuousClock.now - start
    precondition(!room.id.isEmpty)
    return took.microseconds
}

/// The latencies: so many tasks, each one call after another.
func round(inFlight: Int, calls: Int) async throws -> [Double] {
    try await withThrowingTaskGroup(of: [Double].self) { group in
        for number in 0..<inFlight {
            let share = calls / inFlight + (number < calls % inFlight ? 1 : 0)
            group.addTask {
                var latencies: [Double] = []
                for _ in 0..<share { latencies.append(try await create()) }
                return latencies
            }
        }
        return try await group.reduce(into: []) { $0 += $1 }
    }
}

func processorMicroseconds() -> Double {
    // POSIX sets the unit of `clock` to a microsecond.
    Double(clock())
}

extension Duration {
    var microseconds: Double {
        Double(components.seconds) * 1e6 + Double(components.attoseconds) / 1e12
    }
}

print("ready")
fflush(nil)
while let line = readLine() {
    let numbers = line.split(separator: " ").compactMap { Int($0) }
    let (inFlight, calls) = (numbers[0], numbers[1])
    let start = ContinuousClock.now
    let processor = processorMicroseconds()
    let latencies = try await round(inFlight: inFlight, calls: calls).sorted()
    let used = processorMicroseconds() - processor
    let took = (ContinuousClock.now - start).microseconds
    print(took / Double(calls), used / Double(calls), latencies[calls / 2])
    fflush(nil)
}
