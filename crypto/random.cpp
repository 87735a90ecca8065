#include "crypto/random.hpp"

#include "crypto/base64.hpp"
#include "crypto/hash.hpp"
#include "crypto/openssl.hpp"

#include <openssl/rand.h>

#include <array>
#include <limits>
#include <mutex>
#include <random>
#include <vector>

namespace polar_flow::crypto {

namespace {

class system_random final : public random_source {
public:
  void fill(std::span<std::uint8_t> bytes) override {
    check_openssl(bytes.size() <= std::numeric_limits<int>::max()
                      && RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1,
                  "The system's random generator failed");
  }
};

class seeded_random final : public random_source {
public:
  explicit seeded_random(std::uint64_t seed) : engine_{seed} {
    // nop
  }

  void fill(std::span<std::uint8_t> bytes) override {
    const std::lock_guard guard{mutex_};
    for (auto& byte : bytes)
      byte = static_cast<std::uint8_t>(engine_() >> 56);
  }

private:
  std::mutex mutex_;
  std::mt19937_64 engine_;
};

std::vector<std::uint8_t> random_bytes(random_source& source, std::size_t count) {
  std::vector<std::uint8_t> bytes(count);
  source.fill(bytes);
  return bytes;
}

} // namespace

std::shared_ptr<random_source> make_system_random() {
  return std::make_shared<system_random>();
}

std::shared_ptr<random_source> make_seeded_random(std::uint64_t seed) {
  return std::make_shared<seeded_random>(seed);
}

std::string random_hex(random_source& source, std::size_t count) {
  return to_hex(random_bytes(source, count));
}

std::string random_base64url(random_source& source, std::size_t count) {
  return to_base64url(random_bytes(source, count), padding::none);
}

std::string random_uuid(random_source& source) {
  std::array<std::uint8_t, 16> bytes{};
  source.fill(bytes);
  return format_uuid(bytes, 4);
}

std::string random_api_key(random_source& source) {
  // 20 bytes: 160 bits cannot be guessed, and 40 hex characters are the form clients know.
  return "pfk_" + random_hex(source, 20);
}

} // namespace polar_flow::crypto
