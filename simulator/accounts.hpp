#pragma once

#include "domain/time.hpp"
#include "simulator/journal.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace polar_flow::simulator {

/// An authorization code works once and for this long.
inline constexpr std::chrono::minutes code_lifetime{10};

struct granted_code {
  std::int64_t athlete_id = 0;
  /// As sent to the authorization page; absent when it was left to the default.
  std::optional<std::string> redirect_uri;
  instant issued;
};

struct registration {
  std::string member_id;
  instant since;
};

enum class registration_result : std::uint8_t { done, already_registered, member_id_taken };

/// Who has authorized the client, with which tokens, and who is registered. With a journal file,
/// tokens and registrations survive a restart of the simulator as they would at Polar; codes do
/// not.
class accounts {
public:
  accounts() = default;

  /// Repeats the `earlier` changes and appends every later one to `lines`.
  accounts(std::shared_ptr<journal> lines, const std::vector<journal_entry>& earlier);

  std::string issue_code(granted_code grant);

  /// Makes a token out of a code. Nothing for a code that is unknown, expired or issued for
  /// another `redirect_uri`; a second use also voids the token that the first one gave.
  struct issued_token {
    std::string token;
    std::int64_t athlete_id = 0;
  };
  std::optional<issued_token> redeem(const std::string& code,
                                     const std::optional<std::string>& redirect_uri, instant now);

  std::string issue_token(std::int64_t athlete_id);
  std::optional<std::int64_t> owner_of(std::string_view token) const;
  void revoke_token(const std::string& token, instant now);
  void revoke_tokens(std::int64_t athlete_id);

  registration_result register_user(std::int64_t athlete_id, const std::string& member_id,
                                    instant now);
  /// Ends the registration and revokes all tokens.
  void deregister_user(std::int64_t athlete_id);
  const registration* find_registration(std::int64_t athlete_id) const;
  const std::map<std::int64_t, registration>& registrations() const {
    return registrations_;
  }
  std::uint64_t registered_users() const {
    return registrations_.size();
  }

private:
  void replay(const journal_entry& entry);
  void append(const std::string& event, std::int64_t athlete_id, const std::string& text,
              instant when);
  void drop_tokens(std::int64_t athlete_id);

  std::unordered_map<std::string, granted_code> codes_;
  /// Token that each used code gave.
  std::unordered_map<std::string, std::string> used_codes_;
  std::unordered_map<std::string, std::int64_t> owners_;
  /// In the order of the ids, so that whoever walks over them does it the same way each time.
  std::map<std::int64_t, registration> registrations_;
  std::unordered_set<std::string> member_ids_;
  std::shared_ptr<journal> journal_;
};

/// `bytes` random bytes in hexadecimal.
std::string random_hex(std::size_t bytes);

} // namespace polar_flow::simulator
