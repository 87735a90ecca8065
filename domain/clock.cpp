#include "domain/clock.hpp"

#include <array>
#include <fstream>
#include <mutex>
#include <string_view>
#include <utility>

namespace polar_flow {

namespace {

instant machine_now() {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

class system_clock_reader final : public wall_clock {
public:
  instant now() const override {
    return machine_now();
  }
};

/// Longer than any RFC 3339 instant; what lies beyond in the file is no instant anyway.
constexpr std::size_t clock_text_max = 64;

std::string_view without_surrounding_space(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  const auto first = text.find_first_not_of(space);
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

std::optional<instant> read_instant(const std::filesystem::path& file) {
  std::ifstream stream{file, std::ios::binary};
  std::array<char, clock_text_max> text{};
  stream.read(text.data(), text.size());
  const std::string_view read{text.data(), static_cast<std::size_t>(stream.gcount())};
  const auto parsed = parse_offset_time(without_surrounding_space(read));
  if (!parsed)
    return std::nullopt;
  return parsed->moment;
}

class file_clock_reader final : public wall_clock {
public:
  explicit file_clock_reader(std::filesystem::path file) : file_{std::move(file)} {
    // nop
  }

  instant now() const override {
    // Reading under the lock keeps a slow reader from putting back an older value.
    const std::lock_guard guard{mutex_};
    if (const auto current = read_instant(file_))
      last_ = *current;
    return last_;
  }

private:
  std::filesystem::path file_;
  mutable std::mutex mutex_;
  /// Until the file can be read for the first time, the clock stands at its own creation.
  mutable instant last_ = machine_now();
};

} // namespace

std::shared_ptr<const wall_clock> make_system_clock() {
  return std::make_shared<const system_clock_reader>();
}

std::shared_ptr<const wall_clock> make_file_clock(std::filesystem::path file) {
  return std::make_shared<const file_clock_reader>(std::move(file));
}

} // namespace polar_flow
