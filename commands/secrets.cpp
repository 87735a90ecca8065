#include "commands/secrets.hpp"

#include "crypto/key_file.hpp"

#include <algorithm>
#include <filesystem>

namespace polar_flow::commands {

namespace {

result<bool> holds_tokens(const storage::connect_options& database) {
  const auto store = storage::store::open(database);
  if (!store)
    return std::unexpected{store.error()};
  const auto users = (*store)->list_users();
  if (!users)
    return std::unexpected{users.error()};
  return std::ranges::any_of(*users, &user_record::has_token);
}

} // namespace

result<crypto::secret_box> open_secret_box(const security_settings& settings,
                                           const storage::connect_options& database,
                                           const std::shared_ptr<crypto::random_source>& random) {
  if (settings.encryption_key)
    return crypto::secret_box::from_fernet_key(*settings.encryption_key, random);
  const auto file = settings.key_dir / "encryption.key";
  std::error_code hidden;
  if (!std::filesystem::exists(file, hidden) && !hidden) {
    const auto found = holds_tokens(database);
    if (!found)
      return std::unexpected{found.error()};
    if (*found)
      return fail(errc::invalid_argument,
                  file.string()
                      + " is missing, but the database holds Polar tokens that were encrypted "
                        "with it. Put it back, or name its folder with KEY_DIR. If it is lost, set "
                        "ENCRYPTION_KEY to a new key; every user then has to connect again");
  }
  const auto key = crypto::load_or_create_key_file(file, *random);
  if (!key)
    return std::unexpected{key.error()};
  return crypto::secret_box::from_fernet_key(*key, random);
}

} // namespace polar_flow::commands
