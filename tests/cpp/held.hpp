// What callbacks of the programs of this folder hold, and how they are waited for.
#ifndef HELD_HPP
#define HELD_HPP

#include <atomic>
#include <condition_variable>
#include <mutex>

// Counts how often what a callback holds is made and destroyed.
struct Held {
    explicit Held(std::atomic<int> &count) : live(&count) { ++*live; }
    Held(const Held &other) : live(other.live) { ++*live; }
    Held &operator=(const Held &) = delete;
    ~Held() { --*live; }
    std::atomic<int> *live;
};

// A number that another thread waits for.
class Counter {
public:
    void add() {
        const std::lock_guard<std::mutex> lock(mutex_);
        ++count_;
        changed_.notify_all();
    }
    void wait_for(int count) {
        std::unique_lock<std::mutex> lock(mutex_);
        changed_.wait(lock, [&] { return count_ >= count; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int count_ = 0;
};

#endif // HELD_HPP
