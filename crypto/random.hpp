#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace polar_flow::crypto {

/// Source of randomness, injected so that tests are repeatable. Thread-safe.
class random_source {
public:
  virtual ~random_source() = default;

  virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

/// The operating system's generator, by way of OpenSSL.
std::shared_ptr<random_source> make_system_random();

/// For tests: the same bytes for the same seed.
std::shared_ptr<random_source> make_seeded_random(std::uint64_t seed);

/// `count` random bytes as lower-case hex (2 · count characters).
std::string random_hex(random_source& source, std::size_t count);

/// `count` random bytes as URL-safe base64 without padding.
std::string random_base64url(random_source& source, std::size_t count);

/// UUIDv4 as text.
std::string random_uuid(random_source& source);

/// A fresh API key: `pfk_` and 40 lower-case hex characters.
std::string random_api_key(random_source& source);

} // namespace polar_flow::crypto
