# Completion of aws-okta-processor for bash: asks the program what may stand under the cursor.
_aws_okta_processor() {
  local line=${COMP_LINE:0:COMP_POINT} candidate kept
  # bash also breaks words at : and =, and replaces only what is behind the last of them.
  kept=${line##*[[:space:]]}
  kept=${kept%"$2"}
  COMPREPLY=()
  while IFS=$'\t' read -r candidate _; do
    COMPREPLY+=("${candidate#"$kept"}")
  done < <(printf '%s\n' "$line" | aws-okta-processor completion --complete-line 2>/dev/null)
}
complete -F _aws_okta_processor aws-okta-processor
